import { AudioOutlined, LoadingOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "@/components/ErrorNote";
import { useSpeak } from "./api";

/** Records a voice note: the first click begins, the second one sends. */
export function Voice() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const explain = useErrorText();
  const speak = useSpeak();
  const recorder = useRef<MediaRecorder | null>(null);
  const [isRecording, setRecording] = useState(false);
  const begin = async () => {
    try {
      recorder.current = await recorded((sound) => speak.mutate(sound, { onError: (error) => message.error(explain(error)) }));
      setRecording(true);
    } catch {
      message.error(t("chat.noMicrophone"));
    }
  };
  const end = () => {
    recorder.current?.stop();
    setRecording(false);
  };
  return (
    <Button
      danger={isRecording}
      icon={speak.isPending ? <LoadingOutlined /> : <AudioOutlined />}
      aria-label={t(isRecording ? "chat.sendVoice" : "chat.record")}
      aria-pressed={isRecording}
      title={t(isRecording ? "chat.sendVoice" : "chat.record")}
      disabled={speak.isPending}
      onClick={isRecording ? end : () => void begin()}
    />
  );
}

/** A recorder that runs; what it heard is given when it is stopped, and the microphone let go. */
async function recorded(give: (sound: Blob) => void): Promise<MediaRecorder> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream);
  const parts: Blob[] = [];
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  recorder.addEventListener("stop", () => {
    stream.getTracks().forEach((track) => track.stop());
    give(new Blob(parts, { type: recorder.mimeType }));
  });
  recorder.start();
  return recorder;
}
