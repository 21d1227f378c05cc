import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useBuilder } from "../store";

const LONGEST_NAME = 120;
const LONGEST_DESCRIPTION = 2_000;

/** What the flow is called, and what it does in words: with these the published flow is offered as a tool. */
export function NameFields({ id, isDisabled }: { id: string; isDisabled: boolean }) {
  const { t } = useTranslation();
  const name = useBuilder((state) => state.name);
  const description = useBuilder((state) => state.description);
  const setWide = useBuilder((state) => state.setWide);
  return (
    <>
      <Form.Item label={t("flows.name")} htmlFor={`${id}-name`} style={{ marginBottom: 12 }}>
        <Input id={`${id}-name`} maxLength={LONGEST_NAME} disabled={isDisabled} value={name} onChange={(event) => setWide("name", { name: event.target.value })} />
      </Form.Item>
      <Form.Item label={t("builder.description")} htmlFor={`${id}-description`} extra={t("builder.descriptionHint")}>
        <Input.TextArea
          id={`${id}-description`}
          maxLength={LONGEST_DESCRIPTION}
          autoSize={{ minRows: 2, maxRows: 8 }}
          disabled={isDisabled}
          value={description}
          onChange={(event) => setWide("description", { description: event.target.value })}
        />
      </Form.Item>
    </>
  );
}
