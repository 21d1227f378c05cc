import { AutoComplete, Form, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useToolNames } from "../../../api";
import { useNodeTexts } from "../../../useNodeTexts";
import { useBuilder } from "../../store";
import { fieldsOf, type FieldSchema, without } from "../schema";
import { TemplateInput } from "./TemplateInput";
import { asText, type InputProps } from "./types";

type Values = Record<string, unknown>;

/** What the chosen tool is given, from the tool's own schema. Every value is a text that may name variables. */
export function ToolArguments(props: InputProps) {
  const { t, i18n } = useTranslation();
  const texts = useNodeTexts();
  const { id, value, isDisabled, onChange } = props;
  const tools = useToolNames().data?.tools ?? [];
  const chosen = useBuilder((state) => state.nodes.find((node) => node.selected)?.data.config["tool"]);
  const tool = tools.find((one) => one.name === chosen);
  const values = (typeof value === "object" && value !== null ? value : {}) as Values;
  if (!tool) return <Typography.Text type="secondary">{t("builder.chooseTool")}</Typography.Text>;
  const schema = tool.parameters as FieldSchema;
  // Descriptions are written for models, in English: in other languages the type says what to write.
  const helpOf = (field: FieldSchema) => (i18n.language === "en" ? field.description : texts.semantic(field["x-semantic"]));
  const put = (name: string, next: unknown) => {
    onChange(next === "" || next === undefined ? without(values, name) : { ...values, [name]: next });
  };
  return (
    <>
      {i18n.language === "en" && <Typography.Paragraph type="secondary">{tool.description.split("\n")[0]}</Typography.Paragraph>}
      {fieldsOf(schema).map((field) => (
        <Form.Item
          key={field.name}
          label={texts.argument(field.name)}
          htmlFor={`${id}-${field.name}`}
          required={field.isRequired}
          extra={helpOf(field.schema)}
          style={{ marginBottom: 12 }}
        >
          <Argument {...props} id={`${id}-${field.name}`} schema={field.schema} value={values[field.name]} isDisabled={isDisabled} onChange={(next) => put(field.name, next)} />
        </Form.Item>
      ))}
    </>
  );
}

/** Where the schema names the values they are offered; a variable may stand there all the same. */
function Argument(props: InputProps) {
  const { id, schema, value, isDisabled, onChange } = props;
  const known = schema.enum ?? (schema.type === "boolean" ? ["true", "false"] : undefined);
  if (!known) return <TemplateInput {...props} />;
  const options = known.map((one) => ({ value: String(one) }));
  return <AutoComplete id={id} style={{ width: "100%" }} disabled={isDisabled} value={asText(value)} options={options} onChange={onChange} />;
}
