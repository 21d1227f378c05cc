import { InboxOutlined } from "@ant-design/icons";
import { App, Checkbox, Flex, Select, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "@/components/ErrorNote";
import { useAddSource } from "./api";

const TAKEN = ".pdf,.docx,.html,.htm,.txt,.md";

/** Files are dropped or chosen; each is read and indexed at once. */
export function AddSources() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const explain = useErrorText();
  const add = useAddSource();
  const [groups, setGroups] = useState<string[]>([]);
  const [replaces, setReplaces] = useState(false);
  const send = async (file: File) => {
    try {
      const source = await add.mutateAsync({ file, groups: groups.join(","), replace: replaces });
      message.success(t("knowledge.read", { name: source.filename, count: source.chunks }));
    } catch (error) {
      message.error(`${file.name}: ${explain(error as Error)}`);
    }
    return Upload.LIST_IGNORE;
  };
  return (
    <Flex vertical gap={12}>
      <Upload.Dragger multiple accept={TAKEN} showUploadList={false} disabled={add.isPending} beforeUpload={send}>
        <p>
          <InboxOutlined style={{ fontSize: 32 }} aria-hidden />
        </p>
        <p>{t(add.isPending ? "knowledge.reading" : "knowledge.drop")}</p>
      </Upload.Dragger>
      <Flex gap={16} wrap align="center">
        <Select
          mode="tags"
          aria-label={t("knowledge.groups")}
          placeholder={t("knowledge.groups")}
          value={groups}
          onChange={setGroups}
          open={false}
          suffixIcon={null}
          style={{ minWidth: 280 }}
        />
        <Checkbox checked={replaces} onChange={(event) => setReplaces(event.target.checked)}>
          {t("knowledge.replace")}
        </Checkbox>
      </Flex>
    </Flex>
  );
}
