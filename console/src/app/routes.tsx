import { createBrowserRouter, Navigate } from "react-router";
import { Broken } from "./Broken";
import { Layout } from "./Layout";
import { PAGES } from "./pages";

export const makeRouter = () =>
  createBrowserRouter(
    [
      { path: "sign-in", lazy: async () => ({ Component: (await import("@/features/sign-in/SignIn")).SignIn }), errorElement: <Broken /> },
      { path: "first", lazy: async () => ({ Component: (await import("@/features/sign-in/First")).First }), errorElement: <Broken /> },
      {
        element: <Layout />,
        errorElement: <Broken />,
        children: [
          { index: true, element: <Navigate to="/home" replace /> },
          ...PAGES.map((page) => ({
            path: `${page.path}/*`,
            lazy: async () => ({ Component: (await page.load()).default }),
          })),
          { path: "*", element: <Navigate to="/home" replace /> },
        ],
      },
    ],
    { basename: "/console" },
  );
