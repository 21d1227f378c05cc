import { Collapse, Form } from "antd";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { useNodeTexts } from "../../useNodeTexts";
import { FlowInput, NodeInput, ToolInput, WeekdaysInput } from "./inputs/ChosenInputs";
import { DurationInput } from "./inputs/DurationInput";
import { ExpressionInput, VariableInput } from "./inputs/ExpressionInput";
import { PairsInput } from "./inputs/PairsInput";
import { ChoiceInput, CodeInput, JsonInput, LineInput, NumberInput, SwitchInput, TimeInput, WordsInput } from "./inputs/PlainInputs";
import { RowsInput } from "./inputs/RowsInput";
import { TemplateInput } from "./inputs/TemplateInput";
import { ToolArguments } from "./inputs/ToolArguments";
import type { InputProps } from "./inputs/types";
import { hiddenOf, isSeldom } from "./relevance";
import { type Control, controlOf, type Field, type FieldSchema, fieldsOf, problemOf, without } from "./schema";

const INPUTS: Record<Control, ComponentType<InputProps>> = {
  tool: ToolInput,
  toolArguments: ToolArguments,
  flow: FlowInput,
  node: NodeInput,
  variable: VariableInput,
  choice: ChoiceInput,
  switch: SwitchInput,
  duration: DurationInput,
  number: NumberInput,
  weekdays: WeekdaysInput,
  words: WordsInput,
  rows: RowsInput,
  pairs: PairsInput,
  text: TemplateInput,
  expression: ExpressionInput,
  code: CodeInput,
  time: TimeInput,
  json: JsonInput,
  line: LineInput,
};

type Values = Record<string, unknown>;

interface Props {
  id: string;
  path: readonly string[];
  schema: FieldSchema;
  root: FieldSchema;
  value: Values;
  isDisabled: boolean;
  onChange: (value: Values) => void;
}

/** The fields of a schema, what is seldom needed behind a fold. A field that is emptied is left out of the value. */
export function Fields({ id, path, schema, root, value, isDisabled, onChange }: Props) {
  const { t } = useTranslation();
  const hidden = new Set(hiddenOf(path, value));
  const shown = fieldsOf(schema, root).filter((field) => !hidden.has(field.name));
  const put = (name: string, next: unknown) => {
    onChange(next === undefined ? without(value, name) : { ...value, [name]: next });
  };
  const row = (field: Field) => (
    <Row key={field.name} id={`${id}-${field.name}`} path={[...path, field.name]} field={field} root={root} value={value[field.name]} isDisabled={isDisabled} onChange={(next) => put(field.name, next)} />
  );
  const [often, seldom] = [shown.filter((field) => !isSeldom([...path, field.name])), shown.filter((field) => isSeldom([...path, field.name]))];
  return (
    <>
      {often.map(row)}
      {seldom.length > 0 && <Collapse ghost size="small" items={[{ key: "more", label: t("builder.more"), children: seldom.map(row) }]} />}
    </>
  );
}

function Row({ path, field, ...props }: Omit<InputProps, "schema"> & { field: Field }) {
  const { t } = useTranslation();
  const texts = useNodeTexts();
  const [kind = "", ...names] = path;
  const name = names.join("_");
  const problem = problemOf(field, props.value);
  const Input = INPUTS[controlOf(path, field.schema)];
  return (
    <Form.Item
      label={texts.label(kind, name)}
      htmlFor={props.id}
      required={field.isRequired}
      extra={texts.help(kind, name)}
      style={{ marginBottom: 12 }}
      {...(problem ? { validateStatus: "error" as const, help: t(`builder.problems.${problem}`, { most: field.schema.maximum, least: field.schema.minimum, chars: field.schema.maxLength }) } : {})}
    >
      <Input {...props} path={path} schema={field.schema} />
    </Form.Item>
  );
}
