/** How kinds of nodes look: a picture and a colour by what they do, and the group they stand in in the palette. */
import {
  ApiOutlined,
  ApartmentOutlined,
  BranchesOutlined,
  CalendarOutlined,
  ClockCircleOutlined,
  CodeOutlined,
  CustomerServiceOutlined,
  EditOutlined,
  EnterOutlined,
  ExperimentOutlined,
  FieldNumberOutlined,
  FlagOutlined,
  FontSizeOutlined,
  ForkOutlined,
  MailOutlined,
  MessageOutlined,
  PhoneOutlined,
  PlayCircleOutlined,
  QuestionCircleOutlined,
  RetweetOutlined,
  RobotOutlined,
  SaveOutlined,
  SmileOutlined,
  TagsOutlined,
  ToolOutlined,
  UnorderedListOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";

export const GROUPS = ["talk", "logic", "work", "ai", "other"] as const;
export type Group = (typeof GROUPS)[number];

interface Look {
  group: Group;
  icon: ReactNode;
}

const LOOKS: Record<string, Look> = {
  trigger: { group: "talk", icon: <PlayCircleOutlined /> },
  message: { group: "talk", icon: <MessageOutlined /> },
  buttons: { group: "talk", icon: <QuestionCircleOutlined /> },
  list: { group: "talk", icon: <UnorderedListOutlined /> },
  wait_input: { group: "talk", icon: <EditOutlined /> },
  validate_email: { group: "talk", icon: <MailOutlined /> },
  validate_phone: { group: "talk", icon: <PhoneOutlined /> },
  validate_number: { group: "talk", icon: <FieldNumberOutlined /> },
  validate_date: { group: "talk", icon: <CalendarOutlined /> },
  validate_regex: { group: "talk", icon: <FontSizeOutlined /> },
  validate_options: { group: "talk", icon: <UnorderedListOutlined /> },
  handoff: { group: "talk", icon: <CustomerServiceOutlined /> },
  end: { group: "logic", icon: <FlagOutlined /> },
  condition: { group: "logic", icon: <BranchesOutlined /> },
  switch: { group: "logic", icon: <ForkOutlined /> },
  set_variable: { group: "logic", icon: <SaveOutlined /> },
  delay: { group: "logic", icon: <ClockCircleOutlined /> },
  random: { group: "logic", icon: <ExperimentOutlined /> },
  loop: { group: "logic", icon: <RetweetOutlined /> },
  goto: { group: "logic", icon: <EnterOutlined /> },
  call: { group: "logic", icon: <ApartmentOutlined /> },
  tool: { group: "work", icon: <ToolOutlined /> },
  javascript: { group: "work", icon: <CodeOutlined /> },
  http_request: { group: "work", icon: <ApiOutlined /> },
  callback: { group: "work", icon: <ApiOutlined /> },
  ai_response: { group: "ai", icon: <RobotOutlined /> },
  ai_completion: { group: "ai", icon: <RobotOutlined /> },
  ai_sentiment: { group: "ai", icon: <SmileOutlined /> },
  ai_classify: { group: "ai", icon: <TagsOutlined /> },
};

/** Kinds that somebody added are drawn like the others, under `other`. */
export const lookOf = (kind: string): Look => LOOKS[kind] ?? { group: "other", icon: <ToolOutlined /> };

export const COLOURS: Record<Group, string> = { talk: "#0b6e55", logic: "#8f4a00", work: "#0b57b8", ai: "#7a2ea0", other: "#55605c" };
