import { App } from "antd";

interface Question {
  title: string;
  text: string;
  yes: string;
  /** The dialog stays open, with its button turning, until this is done. */
  then: () => Promise<unknown>;
}

/** Asks before what cannot be undone; "no" has the focus. */
export function useConfirm(): (question: Question) => void {
  const { modal } = App.useApp();
  return ({ title, text, yes, then }) => {
    modal.confirm({
      title,
      content: text,
      okText: yes,
      okButtonProps: { danger: true },
      autoFocusButton: "cancel",
      // a failure is told where the question came from
      onOk: () => then().catch(() => undefined),
    });
  };
}
