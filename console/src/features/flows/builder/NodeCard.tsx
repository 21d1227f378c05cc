import { WarningFilled } from "@ant-design/icons";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { theme as themes } from "antd";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useShallow } from "zustand/react/shallow";
import type { CanvasNode } from "./serialize";
import { useBuilder } from "./store";

const NO_EXITS: readonly string[] = [];
const SHOWN_CHARS = 80;

/** One node: what it is, what it says, a dot for each way on, and whether something is wrong with it. */
export const NodeCard = memo(function NodeCard({ id, data, selected }: NodeProps<CanvasNode>) {
  const { t } = useTranslation();
  const { token } = themes.useToken();
  const exits = useBuilder((state) => state.checked.exits[id] ?? NO_EXITS);
  const findings = useBuilder(useShallow((state) => state.checked.findings.filter((one) => one.node_id === id)));
  const isWrong = findings.some((one) => one.severity === "critical");
  const text = typeof data.config["text"] === "string" ? data.config["text"] : "";
  return (
    <div
      style={{
        width: 220,
        background: token.colorBgContainer,
        color: token.colorText,
        border: `1px solid ${isWrong ? token.colorError : selected ? token.colorPrimary : token.colorBorder}`,
        borderRadius: 8,
        fontSize: 12,
      }}
    >
      {data.kind !== "trigger" && <Handle type="target" position={Position.Left} aria-label={t("flows.way.in")} />}
      <div style={{ padding: "6px 10px", fontWeight: 600 }}>
        {data.label || data.kind}
        {findings.length > 0 && (
          <WarningFilled
            title={findings.map((one) => one.text).join("\n")}
            style={{ marginInlineStart: 6, color: isWrong ? token.colorError : token.colorWarning }}
          />
        )}
      </div>
      {text && <div style={{ padding: "0 10px 6px", color: token.colorTextSecondary }}>{text.slice(0, SHOWN_CHARS)}</div>}
      {exits.map((exit) => (
        <div key={exit} style={{ position: "relative", padding: "2px 12px", textAlign: "end", color: token.colorTextSecondary }}>
          {t(`flows.exits.${exit}`, { defaultValue: exit })}
          <Handle type="source" position={Position.Right} id={exit} />
        </div>
      ))}
    </div>
  );
});
