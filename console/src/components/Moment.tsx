import { useTranslation } from "react-i18next";
import { moment } from "@/lib/time";

/** A date and time, in the reader's language and zone. */
export function Moment({ at }: { at: string | null | undefined }) {
  const { i18n } = useTranslation();
  return at ? <time dateTime={at}>{moment(at, i18n.language)}</time> : <>–</>;
}
