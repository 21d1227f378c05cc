import { useTranslation } from "react-i18next";
import type { Role } from "@/lib/session";

const ROLES: readonly Role[] = ["viewer", "operator", "administrator"];

export function useRoleOptions(): { value: Role; label: string }[] {
  const { t } = useTranslation();
  return ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) }));
}
