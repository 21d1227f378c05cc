import { Modal } from "antd";
import { lazy, Suspense } from "react";
import type { Template } from "../api";

const Drawn = lazy(() => import("./Drawn"));

/** A template's drawing, to be looked at. */
export function Preview({ template, onClose }: { template: Template; onClose: () => void }) {
  return (
    <Modal open footer={null} width="min(1000px, 96vw)" title={template.title} onCancel={onClose}>
      <Suspense>
        <Drawn name={template.name} />
      </Suspense>
    </Modal>
  );
}
