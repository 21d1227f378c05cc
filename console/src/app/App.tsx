import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider, theme as themes } from "antd";
import enUS from "antd/locale/en_US";
import esES from "antd/locale/es_ES";
import ptBR from "antd/locale/pt_BR";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { RouterProvider } from "react-router";
import { Problem } from "@/lib/api";
import { asLanguage } from "@/lib/i18n";
import { useTheme } from "@/lib/theme";
import { COLOURS } from "./colours";
import { makeRouter } from "./routes";

const LOCALES = { es: esES, pt: ptBR, en: enUS };
const TRIES = 2;

/** Everything around the pages: theme, language, cache of server data, router. */
export function App() {
  const [theme] = useTheme();
  const { i18n } = useTranslation();
  const [router] = useState(makeRouter);
  const [client] = useState(makeClient);
  useEffect(() => {
    document.documentElement.style.colorScheme = theme; // what the browser itself draws: scroll bars, calendars
  }, [theme]);
  return (
    <ConfigProvider
      locale={LOCALES[asLanguage(i18n.language) ?? "es"]}
      theme={{
        algorithm: theme === "dark" ? themes.darkAlgorithm : themes.defaultAlgorithm,
        ...COLOURS[theme],
      }}
    >
      <AntApp style={{ height: "100%" }}>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

/** A refusal is final; only what did not arrive or failed inside is asked again. */
function makeClient(): QueryClient {
  const retry = (failed: number, error: Error) =>
    failed < TRIES && !(error instanceof Problem && error.status >= 400 && error.status < 500);
  return new QueryClient({ defaultOptions: { queries: { retry, staleTime: 5_000 } } });
}
