/** The one way to the services' APIs: JSON in and out, the session's CSRF word with every change, problems as errors. */
import type { components as executor } from "./schemas/executor";
import type { components as gateway } from "./schemas/gateway";
import type { components as interpreter } from "./schemas/interpreter";

export type Gateway = gateway["schemas"];
export type Interpreter = interpreter["schemas"];
export type Executor = executor["schemas"];

const CSRF_COOKIE = "recado_csrf";

/** What a service refused, in the words of `application/problem+json`. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly detail: string,
    readonly errors: { where: string; what: string }[] = [],
  ) {
    super(detail);
  }

  /** What went wrong, as the services name it. */
  get kind(): string {
    return this.type.slice(this.type.lastIndexOf(":") + 1);
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>;

export const getJson = <T>(path: string, query: Query = {}): Promise<T> => send("GET", path + search(query));
export const postJson = <T>(path: string, body?: unknown): Promise<T> => send("POST", path, body);
export const putJson = <T>(path: string, body?: unknown): Promise<T> => send("PUT", path, body);
export const patchJson = <T>(path: string, body: unknown): Promise<T> => send("PATCH", path, body);
export const deleteJson = <T>(path: string): Promise<T> => send("DELETE", path);

/** A form with a file in it; the browser writes its own content type. */
export const postForm = <T>(path: string, form: FormData): Promise<T> => send("POST", path, form);

async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
  const isForm = body instanceof FormData;
  if (body !== undefined && !isForm) headers["Content-Type"] = "application/json";
  if (method !== "GET") headers["X-CSRF-Token"] = cookie(CSRF_COOKIE);
  const response = await reach(path, { method, headers, ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }) });
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  throw await problemOf(response);
}

async function reach(path: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(path, options);
  } catch {
    throw new Problem(0, "urn:recado:unreachable", "");
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const isProblem = (response.headers.get("Content-Type") ?? "").includes("json");
  const body = isProblem ? await response.json() : {};
  return new Problem(response.status, body.type ?? "", body.detail ?? "", body.errors ?? []);
}

function search(query: Query): string {
  const set = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return set.length ? `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)]))}` : "";
}

function cookie(name: string): string {
  const found = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}
