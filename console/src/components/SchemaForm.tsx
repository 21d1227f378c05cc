import { Validator } from "@cfworker/json-schema";
import Form from "@rjsf/antd";
import type { ErrorSchema, FieldProps, RJSFSchema, RJSFValidationError, UiSchema, ValidatorType } from "@rjsf/utils";
import { Select } from "antd";
import { useMemo } from "react";

type Values = Record<string, unknown>;

interface Props {
  schema: object;
  value: Values;
  isDisabled?: boolean;
  onChange: (value: Values) => void;
}

/** A form drawn from a JSON Schema. Every change is given on: what does not fit is said by whoever checks the whole. */
export default function SchemaForm({ schema, value, isDisabled = false, onChange }: Props) {
  const ui = useMemo(() => uiOf(schema as RJSFSchema), [schema]);
  return (
    <Form
      schema={schema as RJSFSchema}
      uiSchema={ui}
      validator={validator}
      fields={FIELDS}
      formData={value}
      disabled={isDisabled}
      noHtml5Validate
      showErrorList={false}
      tagName="div"
      onChange={({ formData }) => onChange((formData ?? {}) as Values)}
    />
  );
}

/** Words are written one after the other, as tags. */
function TagsField({ formData, onChange, schema, name, disabled, fieldPathId }: FieldProps<unknown, RJSFSchema>) {
  const id = fieldPathId.$id;
  return (
    <div style={{ marginBottom: 16 }}>
      <label htmlFor={id}>{schema.title ?? name}</label>
      <Select
        id={id}
        mode="tags"
        open={false}
        suffixIcon={null}
        disabled={disabled ?? false}
        style={{ width: "100%", marginTop: 8 }}
        value={Array.isArray(formData) ? (formData as string[]) : []}
        onChange={(words: string[]) => onChange(words, fieldPathId.path)}
      />
    </div>
  );
}

const FIELDS = { tags: TagsField };

/** Long texts get room, words are tags, and there is no button: changes count at once. */
function uiOf(schema: RJSFSchema): UiSchema {
  const fields = Object.entries(schema.properties ?? {}).map(([name, one]) => [name, typeof one === "object" ? uiOfField(one) : {}] as const);
  return { "ui:submitButtonOptions": { norender: true }, "ui:options": { label: false }, ...Object.fromEntries(fields) };
}

function uiOfField(field: RJSFSchema): UiSchema {
  if (field.format === "template") return { "ui:widget": "textarea", "ui:options": { rows: 3 } };
  const isWords = field.type === "array" && typeof field.items === "object" && !Array.isArray(field.items) && field.items.type === "string";
  return isWords ? { "ui:field": "tags" } : {};
}

/** Checks without building code at run time, which the page's policy forbids. */
const validator: ValidatorType = {
  validateFormData: (formData, schema) => {
    const errors = problems(schema, formData);
    return { errors, errorSchema: {} as ErrorSchema };
  },
  isValid: (schema, formData, root) => problems({ ...root, ...schema, $defs: root.$defs ?? {} } as RJSFSchema, formData).length === 0,
  rawValidation: <Result,>(schema: RJSFSchema, formData?: unknown) => ({ errors: problems(schema, formData) as Result[] }),
};

function problems(schema: RJSFSchema, formData: unknown): RJSFValidationError[] {
  const found = new Validator(schema as object, "2020-12", false).validate(formData ?? null);
  return found.errors.map((one) => ({ stack: one.error, message: one.error, property: one.instanceLocation }));
}
