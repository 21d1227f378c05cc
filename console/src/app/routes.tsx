import { createBrowserRouter, Navigate } from "react-router";
import { First } from "@/features/sign-in/First";
import { SignIn } from "@/features/sign-in/SignIn";
import { Broken } from "./Broken";
import { Layout } from "./Layout";
import { PAGES } from "./pages";

export const makeRouter = () =>
  createBrowserRouter(
    [
      { path: "sign-in", element: <SignIn />, errorElement: <Broken /> },
      { path: "first", element: <First />, errorElement: <Broken /> },
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
