import { Form, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useToolNames } from "../../../api";
import { useBuilder } from "../../store";
import { fieldsOf, type FieldSchema, without } from "../schema";
import { TemplateInput } from "./TemplateInput";
import type { InputProps } from "./types";

type Values = Record<string, unknown>;

/** What the chosen tool is given, from the tool's own schema. Every value is a text that may name variables. */
export function ToolArguments(props: InputProps) {
  const { t } = useTranslation();
  const { id, value, isDisabled, onChange } = props;
  const tools = useToolNames().data?.tools ?? [];
  const chosen = useBuilder((state) => state.nodes.find((node) => node.selected)?.data.config["tool"]);
  const tool = tools.find((one) => one.name === chosen);
  const values = (typeof value === "object" && value !== null ? value : {}) as Values;
  if (!tool) return <Typography.Text type="secondary">{t("builder.chooseTool")}</Typography.Text>;
  const schema = tool.parameters as FieldSchema;
  const put = (name: string, next: unknown) => {
    onChange(next === "" || next === undefined ? without(values, name) : { ...values, [name]: next });
  };
  return (
    <>
      <Typography.Paragraph type="secondary">{tool.description.split("\n")[0]}</Typography.Paragraph>
      {fieldsOf(schema).map((field) => (
        <Form.Item
          key={field.name}
          label={field.schema.title ?? field.name}
          htmlFor={`${id}-${field.name}`}
          required={field.isRequired}
          extra={field.schema.description}
          style={{ marginBottom: 12 }}
        >
          <TemplateInput {...props} id={`${id}-${field.name}`} schema={field.schema} value={values[field.name]} isDisabled={isDisabled} onChange={(next) => put(field.name, next)} />
        </Form.Item>
      ))}
    </>
  );
}
