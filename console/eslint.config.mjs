import hooks from "eslint-plugin-react-hooks";
import { readdirSync } from "node:fs";
import ts from "typescript-eslint";

const features = readdirSync(new URL("./src/features", import.meta.url));

/** Imports go shared (lib, components) → features → app; features do not import each other. */
const walls = [
  {
    files: ["src/lib/**", "src/components/**"],
    rules: { "no-restricted-imports": ["error", { patterns: ["@/features/*", "@/app/*"] }] },
  },
  ...features.map((name) => ({
    files: [`src/features/${name}/**`],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: ["@/app/*", ...features.filter((other) => other !== name).map((other) => `@/features/${other}/*`)] },
      ],
    },
  })),
];

export default ts.config(
  { ignores: ["dist", "src/lib/schemas"] },
  ...ts.configs.strict,
  {
    plugins: { "react-hooks": hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      "no-console": "error",
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  ...walls,
);
