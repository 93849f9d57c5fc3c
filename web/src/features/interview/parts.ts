// The parts that designs are drawn from, each with a look of its own and a label that the interviewer can read.
export interface PartLook {
  label: string;
  type: "rectangle" | "ellipse";
  background: string;
  dashed?: boolean;
}

export const PARTS: readonly PartLook[] = [
  { label: "Client", type: "ellipse", background: "#e7e5e4" },
  { label: "Service", type: "rectangle", background: "#d3f9d8" },
  { label: "Load balancer", type: "rectangle", background: "#fff3bf" },
  { label: "Database", type: "rectangle", background: "#d0ebff" },
  { label: "Cache", type: "rectangle", background: "#ffe3e3", dashed: true },
  { label: "Queue", type: "rectangle", background: "#f3d9fa" },
  { label: "Object store", type: "rectangle", background: "#c5f6fa" },
  { label: "CDN", type: "ellipse", background: "#ffe8cc" },
];
