/** Texts in three languages, from src/locales; the browser's language unless somebody chose another. */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import en from "@/locales/en.json";
import es from "@/locales/es.json";
import pt from "@/locales/pt.json";

export const LANGUAGES = ["es", "pt", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const KEPT = "recado.language";

export async function startTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { es: { translation: es }, pt: { translation: pt }, en: { translation: en } },
    lng: startLanguage(),
    fallbackLng: "es",
    interpolation: { escapeValue: false }, // React escapes
  });
  document.documentElement.lang = i18next.language;
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEPT, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

function startLanguage(): Language {
  const wanted = [localStorage.getItem(KEPT) ?? "", ...navigator.languages].map((one) => one.slice(0, 2));
  return wanted.map(asLanguage).find((one) => one !== undefined) ?? "es";
}

export const asLanguage = (text: string): Language | undefined => LANGUAGES.find((one) => one === text);
