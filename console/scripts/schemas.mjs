// Writes src/lib/schemas/<service>.ts from the services' own OpenAPI documents, so that no type is typed twice.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const root = fileURLToPath(new URL("../..", import.meta.url));
const python = process.env.PYTHON ?? join(root, ".venv/bin/python");
const target = join(root, "console/src/lib/schemas");
const folder = mkdtempSync(join(tmpdir(), "recado-schemas-"));
try {
  execFileSync(python, ["-m", "recado.documents", folder], { cwd: root, stdio: "inherit" });
  mkdirSync(target, { recursive: true });
  for (const service of ["gateway", "interpreter", "executor"]) {
    const types = await openapiTS(pathToFileURL(join(folder, `${service}.json`)));
    writeFileSync(join(target, `${service}.ts`), astToString(types));
  }
} finally {
  rmSync(folder, { recursive: true });
}
