"""ERPNext behind one protocol: the REST client, and how its errors are translated."""
