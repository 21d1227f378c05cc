import "@xyflow/react/dist/style.css";
import { Spin } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { useTemplate } from "../api";
import { ComparedCanvas } from "../builder/versions/ComparedCanvas";
import { together } from "../builder/versions/together";

/** The drawing of a template, compared with nothing. */
export default function Drawn({ name }: { name: string }) {
  const { t } = useTranslation();
  const template = useTemplate(name);
  const drawn = useMemo(() => template.data && together(template.data.flow, template.data.flow, []), [template.data]);
  if (template.error) return <ErrorNote error={template.error} />;
  return drawn ? <ComparedCanvas label={t("builder.templates.drawing")} nodes={drawn.nodes} edges={drawn.edges} /> : <Spin />;
}
