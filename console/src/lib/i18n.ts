/** Texts in three languages, from src/locales; the browser's language unless somebody chose another. */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";

export const LANGUAGES = ["es", "pt", "en"] as const;
export const LANGUAGE_NAMES = { es: "Español", pt: "Português", en: "English" };
export type Language = (typeof LANGUAGES)[number];

const KEPT = "recado.language";
/** Loaded when somebody reads that language. */
const TEXTS = {
  es: () => import("@/locales/es.json"),
  pt: () => import("@/locales/pt.json"),
  en: () => import("@/locales/en.json"),
};

/** Texts of parts of the console that are opened seldom, each under its own name. */
const PARTS = {
  builder: {
    es: () => import("@/locales/builder/es.json"),
    pt: () => import("@/locales/builder/pt.json"),
    en: () => import("@/locales/builder/en.json"),
  },
  nodes: {
    es: () => import("@/locales/nodes/es.json"),
    pt: () => import("@/locales/nodes/pt.json"),
    en: () => import("@/locales/nodes/en.json"),
  },
};
type Part = keyof typeof PARTS;
const opened = new Set<Part>();

export async function startTexts(): Promise<void> {
  const language = startLanguage();
  await i18next.use(initReactI18next).init({
    resources: { [language]: { translation: (await TEXTS[language]()).default } },
    lng: language,
    fallbackLng: false,
    interpolation: { escapeValue: false }, // React escapes
  });
  document.documentElement.lang = i18next.language;
}

export async function chooseLanguage(language: Language): Promise<void> {
  const texts = await TEXTS[language]();
  i18next.addResourceBundle(language, "translation", texts.default);
  await Promise.all([...opened].map((part) => addPart(part, language)));
  localStorage.setItem(KEPT, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

/** Loads the texts of parts, before what shows them is drawn. */
export async function openTexts(...parts: Part[]): Promise<void> {
  parts.forEach((part) => opened.add(part));
  await Promise.all(parts.map((part) => addPart(part, asLanguage(i18next.language) ?? "es")));
}

async function addPart(part: Part, language: Language): Promise<void> {
  const texts = await PARTS[part][language]();
  i18next.addResourceBundle(language, "translation", { [part]: texts.default }, true, true);
}

function startLanguage(): Language {
  const wanted = [localStorage.getItem(KEPT) ?? "", ...navigator.languages].map((one) => one.slice(0, 2));
  return wanted.map(asLanguage).find((one) => one !== undefined) ?? "es";
}

export const asLanguage = (text: string): Language | undefined => LANGUAGES.find((one) => one === text);
