import { Button, Result } from "antd";
import { useTranslation } from "react-i18next";

/** What is shown when a page fails: reloading is the way out, nothing was lost on the server. */
export function Broken() {
  const { t } = useTranslation();
  return (
    <Result
      status="error"
      title={t("broken.title")}
      subTitle={t("broken.text")}
      extra={<Button onClick={() => location.reload()}>{t("broken.reload")}</Button>}
    />
  );
}
