import { SendOutlined } from "@ant-design/icons";
import { Button, Flex, Input } from "antd";
import { type ReactNode, useState } from "react";

interface Props {
  label: string;
  isBusy: boolean;
  /** Another way of saying something, beside the button that sends. */
  extra?: ReactNode;
  onSend: (text: string) => void;
}

/** Where one writes: Enter sends, Shift+Enter begins a line. */
export function Composer({ label, isBusy, extra, onSend }: Props) {
  const [text, setText] = useState("");
  const send = () => {
    if (!text.trim() || isBusy) return;
    onSend(text);
    setText("");
  };
  return (
    <Flex gap={8} style={{ padding: 12 }}>
      <Input.TextArea
        aria-label={label}
        placeholder={label}
        autoSize={{ minRows: 1, maxRows: 5 }}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      {extra}
      <Button type="primary" icon={<SendOutlined />} aria-label={label} loading={isBusy} onClick={send} />
    </Flex>
  );
}
