/** Nodes in rows from left to right, in the order in which a conversation meets them. */
import { Graph, layout } from "@dagrejs/dagre";
import type { Canvas } from "./serialize";

const WIDTH = 240;
const HEIGHT = 120;

export function laidOut(canvas: Canvas): Canvas {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 40, ranksep: 80 });
  graph.setDefaultEdgeLabel(() => ({}));
  canvas.nodes.forEach((node) => graph.setNode(node.id, { width: WIDTH, height: node.measured?.height ?? HEIGHT }));
  canvas.edges.forEach((edge) => graph.setEdge(edge.source, edge.target));
  layout(graph);
  return {
    ...canvas,
    nodes: canvas.nodes.map((node) => {
      const { x, y, height } = graph.node(node.id);
      return { ...node, position: { x: x - WIDTH / 2, y: y - height / 2 } };
    }),
  };
}
