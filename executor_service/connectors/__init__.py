"""How the ERP's database is reached: tunnels, drivers and the connector over them."""
