"""The desk's side of synchronisation: the client of headquarters, the steps of the exchange, and the threads that make
them."""
