"""Keys for whoever uses no mouse: in JupyterLab arrows and letters move and cut cells, not the choice of a list."""

from __future__ import annotations

import anywidget

EXPLORER = "gx-explorer"
"""The CSS class of what a ``Keys`` belongs to."""


class Keys(anywidget.AnyWidget):
    """Nothing to see: inside the explorer that it stands in, keys without Ctrl, Alt or Meta stay with its controls."""

    _esm = f"""
    function keep(event) {{
      const runs = event.shiftKey && event.key === "Enter";
      if (!event.ctrlKey && !event.altKey && !event.metaKey && !runs) event.stopPropagation();
    }}
    function render({{ el }}) {{
      el.style.display = "none";
      // The view is put into the page only after this.
      const attach = () => {{
        const explorer = el.closest(".{EXPLORER}");
        if (explorer) explorer.addEventListener("keydown", keep);
        else requestAnimationFrame(attach);
      }};
      attach();
    }}
    export default {{ render }};
    """
