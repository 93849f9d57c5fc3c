// A board as a picture. Excalidraw draws it, so this file is large when loaded, and is loaded by itself.
import { exportToSvg } from "@excalidraw/excalidraw";
import { useEffect, useRef, useState } from "react";

import type { Body } from "~/wire/types";

type Scene = Body<"Board">["scene"];
type Elements = Parameters<typeof exportToSvg>[0]["elements"];

export default function BoardPicture({ scene, label, dark }: { scene: Scene; label: string; dark: boolean }) {
  const frame = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let current = true;
    exportToSvg({
      elements: (Array.isArray(scene.elements) ? scene.elements : []) as Elements, // the scene is Excalidraw's own
      appState: { exportBackground: false, exportWithDarkMode: dark },
      files: null,
      skipInliningFonts: true,
    })
      .then((svg: SVGSVGElement) => {
        if (!current) return;
        svg.setAttribute("role", "img");
        svg.setAttribute("aria-label", label);
        svg.style.maxWidth = "100%";
        svg.style.height = "auto";
        frame.current?.replaceChildren(svg);
      })
      .catch(() => setFailed(true));
    return () => {
      current = false;
    };
  }, [scene, label, dark]);
  if (failed) return <p className="text-soft">This board could not be drawn.</p>;
  return <div ref={frame} className="overflow-x-auto rounded-m border border-line bg-raised p-3" />;
}
