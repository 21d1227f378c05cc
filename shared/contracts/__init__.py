"""Every body that crosses a border: frozen models, tagged where there are variants."""
