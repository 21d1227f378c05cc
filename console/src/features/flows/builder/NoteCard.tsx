import type { NodeProps } from "@xyflow/react";
import { Input, theme as themes } from "antd";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { CanvasNode } from "./serialize";
import { useBuilder } from "./store";

const MOST_CHARS = 2_000;

/** A comment: for whoever draws, said to nobody. */
export const NoteCard = memo(function NoteCard({ id, data, selected }: NodeProps<CanvasNode>) {
  const { t } = useTranslation();
  const { token } = themes.useToken();
  const edit = useBuilder((state) => state.edit);
  return (
    <div
      style={{
        width: 220,
        padding: "14px 8px 8px",
        background: token.colorWarningBg,
        border: `1px dashed ${token.colorWarning}`,
        outline: selected ? `2px solid ${token.colorPrimary}` : undefined,
        borderRadius: 8,
      }}
    >
      <Input.TextArea
        className="nodrag"
        variant="borderless"
        aria-label={t("builder.note")}
        placeholder={t("builder.note")}
        maxLength={MOST_CHARS}
        autoSize={{ minRows: 2, maxRows: 12 }}
        value={data.label}
        onChange={(event) => edit(id, { label: event.target.value })}
      />
    </div>
  );
});
