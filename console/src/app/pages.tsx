/** The pages behind the menu: one visible list. Each is loaded when it is opened. */
import {
  ApartmentOutlined,
  ApiOutlined,
  AuditOutlined,
  BookOutlined,
  ClockCircleOutlined,
  CodeOutlined,
  CommentOutlined,
  ContactsOutlined,
  ExperimentOutlined,
  HomeOutlined,
  IdcardOutlined,
  LinkOutlined,
  MobileOutlined,
  SettingOutlined,
  ThunderboltOutlined,
  ToolOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { type ComponentType, type ReactNode } from "react";
import type { Role } from "@/lib/session";

export interface Page {
  path: string;
  icon: ReactNode;
  /** Whoever has less does not see it. */
  role: Role;
  /** Where its link is, when not in the menu at the side. */
  at?: "header";
  load: () => Promise<{ default: ComponentType }>;
}

export const PAGES: readonly Page[] = [
  { path: "home", icon: <HomeOutlined />, role: "viewer", load: () => import("@/features/home/Home") },
  { path: "chat", icon: <MobileOutlined />, role: "operator", load: () => import("@/features/chat/Chat") },
  { path: "conversations", icon: <CommentOutlined />, role: "viewer", load: () => import("@/features/conversations/Conversations") },
  { path: "contacts", icon: <ContactsOutlined />, role: "viewer", load: () => import("@/features/contacts/Contacts") },
  { path: "tasks", icon: <ThunderboltOutlined />, role: "viewer", load: () => import("@/features/tasks/Tasks") },
  { path: "flows", icon: <ApartmentOutlined />, role: "viewer", load: () => import("@/features/flows/Flows") },
  { path: "variables", icon: <CodeOutlined />, role: "viewer", load: () => import("@/features/variables/Variables") },
  { path: "schedules", icon: <ClockCircleOutlined />, role: "viewer", load: () => import("@/features/schedules/Schedules") },
  { path: "tools", icon: <ToolOutlined />, role: "viewer", load: () => import("@/features/tools/Tools") },
  { path: "knowledge", icon: <BookOutlined />, role: "operator", load: () => import("@/features/knowledge/Knowledge") },
  { path: "cases", icon: <ExperimentOutlined />, role: "operator", load: () => import("@/features/cases/Cases") },
  { path: "connections", icon: <LinkOutlined />, role: "administrator", load: () => import("@/features/connections/Connections") },
  { path: "deliveries", icon: <ApiOutlined />, role: "operator", load: () => import("@/features/deliveries/Deliveries") },
  { path: "users", icon: <UserOutlined />, role: "administrator", load: () => import("@/features/users/Users") },
  { path: "settings", icon: <SettingOutlined />, role: "administrator", load: () => import("@/features/settings/Settings") },
  { path: "audit", icon: <AuditOutlined />, role: "administrator", load: () => import("@/features/audit/Audit") },
  { path: "account", icon: <IdcardOutlined />, role: "viewer", at: "header", load: () => import("@/features/account/Account") },
];
