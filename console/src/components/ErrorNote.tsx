import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { Problem } from "@/lib/api";

/** A failure in the reader's language, with what the service said where it said more, and a way on. */
export function ErrorNote({ error, retry }: { error: Error; retry?: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="error"
      showIcon
      title={<ErrorText error={error} />}
      style={{ marginBottom: 16 }}
      action={retry && <Button onClick={retry}>{t("errors.retry")}</Button>}
    />
  );
}

export function ErrorText({ error }: { error: Error }) {
  const say = useErrorText();
  return <>{say(error)}</>;
}

/** Gives a sentence for any error. */
export function useErrorText(): (error: Error) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof Problem)) return t("errors.broken");
    const exact = t(`errors.kinds.${error.kind}`, { defaultValue: "" });
    if (exact) return exact;
    const known = t(`errors.status.${error.status}`, { defaultValue: t("errors.broken") });
    const fields = error.errors.map((one) => `${one.where}: ${one.what}`).join("; ");
    const more = fields || error.detail;
    return more ? `${known} (${more})` : known;
  };
}
