/** Moments and amounts as the reader writes them. */
export function moment(iso: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
}

export function clock(iso: string, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" }).format(new Date(iso));
}

export function seconds(from: string, to: string, language: string): string {
  const value = (Date.parse(to) - Date.parse(from)) / 1000;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 ? 2 : 0 }).format(value)} s`;
}
