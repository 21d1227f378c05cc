import { theme as themes } from "antd";

/** Data as it is, to be unfolded. */
export function Json({ title, value, isOpen = false }: { title: string; value: unknown; isOpen?: boolean }) {
  const { token } = themes.useToken();
  return (
    <details open={isOpen}>
      <summary style={{ cursor: "pointer", color: token.colorTextSecondary }}>{title}</summary>
      <pre
        tabIndex={0}
        style={{ margin: "8px 0 0", padding: 8, overflow: "auto", maxHeight: 320, fontSize: 12, background: token.colorFillQuaternary, borderRadius: 8 }}
      >
        {JSON.stringify(value, null, 2)}
      </pre>
    </details>
  );
}
