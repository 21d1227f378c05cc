import { Flex, Modal, Select, Spin } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { type Drawing, type Kind, useVersion, type Version } from "../../api";
import type { FieldSchema } from "../form/schema";
import { useBuilderStore } from "../store";
import { Changes } from "./Changes";
import { ComparedCanvas } from "./ComparedCanvas";
import { compared, type Defaults } from "./compare";
import { together } from "./together";

interface Props {
  version: Version;
  versions: readonly Version[];
  kinds: readonly Kind[];
  onClose: () => void;
}

const DRAFT = "draft";

/** A version beside the drawing, or beside another version: coloured on a canvas, and in words. */
export function Comparison({ version, versions, kinds, onClose }: Props) {
  const { t } = useTranslation();
  const store = useBuilderStore();
  const flowId = store.getState().view.flow.id;
  const [with_, setWith] = useState(DRAFT);
  const before = useVersion(flowId, version.id);
  const other = useVersion(flowId, with_ === DRAFT ? undefined : with_);
  const [draft] = useState(() => store.getState().drawing());
  const after = with_ === DRAFT ? draft : other.data?.flow;
  const failed = before.error ?? other.error;
  const choices = versions.filter((one) => one.id !== version.id).map((one) => ({ value: one.id, label: t("builder.versionNumber", { number: one.number }) }));
  return (
    <Modal open width="min(1100px, 96vw)" footer={null} onCancel={onClose} title={t("builder.comparison", { number: version.number })}>
      <Flex gap={8} align="center" wrap style={{ marginBottom: 12 }}>
        <label htmlFor="compared-with">{t("builder.comparedWith")}</label>
        <Select id="compared-with" style={{ minWidth: 200 }} value={with_} onChange={setWith} options={[{ value: DRAFT, label: t("builder.presentDrawing") }, ...choices]} />
      </Flex>
      {failed && <ErrorNote error={failed} />}
      {before.data && after ? <Both before={before.data.flow} after={after} kinds={kinds} /> : !failed && <Spin />}
    </Modal>
  );
}

function Both({ before, after, kinds }: { before: Drawing; after: Drawing; kinds: readonly Kind[] }) {
  const { t } = useTranslation();
  const changes = useMemo(() => compared(before, after, defaultsOf(kinds)), [before, after, kinds]);
  const { nodes, edges } = useMemo(() => together(before, after, changes), [before, after, changes]);
  return (
    <Flex gap={16} wrap>
      <div style={{ flex: "2 1 480px" }}>
        <ComparedCanvas label={t("builder.comparedDrawing")} nodes={nodes} edges={edges} />
      </div>
      <div style={{ flex: "1 1 280px", maxHeight: 420, overflow: "auto" }}>
        <Changes changes={changes} />
      </div>
    </Flex>
  );
}

function defaultsOf(kinds: readonly Kind[]): Defaults {
  return Object.fromEntries(
    kinds.map((kind) => {
      const properties = (kind.config as FieldSchema).properties ?? {};
      const known = Object.entries(properties).filter(([, one]) => one.default !== undefined && one.default !== null);
      return [kind.name, Object.fromEntries(known.map(([name, one]) => [name, one.default]))];
    }),
  );
}
