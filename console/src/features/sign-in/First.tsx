import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { postJson } from "@/lib/api";
import { type Me, useSignedIn } from "@/lib/session";
import { CredentialsForm, type Credentials } from "./CredentialsForm";
import { Door } from "./Door";

/** Where the link of the first start leads; its secret is behind the `#`, which no server sees. */
export function First() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const signedIn = useSignedIn();
  const { hash } = useLocation();
  const [link] = useState(hash.slice(1));
  const enter = useMutation({
    mutationFn: (credentials: Credentials) => postJson<Me>("/api/auth/first", { link, ...credentials }),
    onSuccess: (me) => {
      signedIn(me);
      void navigate("/home", { replace: true });
    },
  });
  return (
    <Door title={t("first.title")} text={t("first.text")}>
      <CredentialsForm isNew action={t("first.enter")} isBusy={enter.isPending} error={enter.error} onSubmit={enter.mutate} />
    </Door>
  );
}
