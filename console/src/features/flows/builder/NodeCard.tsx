import { CloseCircleFilled, WarningFilled } from "@ant-design/icons";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { theme as themes } from "antd";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useNodeTexts } from "../useNodeTexts";
import { exitTitle, saidBy } from "./inWords";
import { COLOURS, lookOf } from "./kinds";
import type { CanvasNode } from "./serialize";
import { useBuilder } from "./store";

const NONE: readonly never[] = [];

/** One node: what it is, what it says, a dot for each way on, whether something is wrong with it, and what is shown upon it. */
export const NodeCard = memo(function NodeCard({ id, data, selected }: NodeProps<CanvasNode>) {
  const { t } = useTranslation();
  const { token } = themes.useToken();
  const texts = useNodeTexts();
  const exits = useBuilder((state) => state.marks.exits[id] ?? NONE);
  const findings = useBuilder((state) => state.marks.ofNode[id] ?? NONE);
  const lit = useBuilder((state) => state.overlay.path[id]);
  const figures = useBuilder((state) => state.overlay.figures[id] ?? NONE);
  const isWrong = findings.some((one) => one.severity === "critical");
  const look = lookOf(data.kind);
  const said = saidBy(data.config);
  const border = isWrong || lit === "failed" ? token.colorError : selected || lit === "here" ? token.colorPrimary : lit ? token.colorSuccess : token.colorBorder;
  const Mark = isWrong ? CloseCircleFilled : WarningFilled;
  return (
    <div
      data-lit={lit}
      style={{
        width: 220,
        background: lit ? token.colorPrimaryBg : token.colorBgContainer,
        color: token.colorText,
        border: `1px solid ${border}`,
        outline: selected || lit ? `2px solid ${border}` : undefined,
        borderRadius: 8,
        fontSize: 12,
        overflowWrap: "anywhere",
      }}
    >
      {data.kind !== "trigger" && <Handle type="target" position={Position.Left} />}
      <div style={{ display: "flex", gap: 8, alignItems: "center", padding: "6px 10px", fontWeight: 600 }}>
        <span aria-hidden style={{ background: COLOURS[look.group], color: "#fff", borderRadius: 6, padding: "2px 5px", lineHeight: 1.2 }}>
          {look.icon}
        </span>
        <span style={{ flex: 1, minWidth: 0 }}>{data.label || texts.kindTitle(data.kind)}</span>
        {findings.length > 0 && (
          <Mark
            aria-label={findings.map((one) => one.text).join("\n")}
            title={findings.map((one) => one.text).join("\n")}
            style={{ color: isWrong ? token.colorError : token.colorWarning }}
          />
        )}
      </div>
      {said && <div style={{ padding: "0 10px 6px", color: token.colorTextSecondary }}>{said}</div>}
      {exits.map((exit) => (
        <div key={exit} style={{ position: "relative", padding: "2px 12px", textAlign: "end", color: token.colorTextSecondary }}>
          {exitTitle(exit, data.config) ?? t(`flows.exits.${exit}`, { defaultValue: exit })}
          <Handle type="source" position={Position.Right} id={exit} />
        </div>
      ))}
      {figures.length > 0 && (
        <div style={{ borderTop: `1px solid ${token.colorBorderSecondary}`, padding: "4px 10px", color: token.colorInfo, fontWeight: 600 }}>
          {figures.map((one) => (
            <div key={one}>{one}</div>
          ))}
        </div>
      )}
    </div>
  );
});
