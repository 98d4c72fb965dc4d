package io.serversence.probe;

/**
 * Where a connection leads and what is spoken over it. Two connections of equal endpoints may stand
 * in for each other.
 *
 * @param host an ASCII name or a literal address without brackets
 * @param serverName what the certificate is to be for; of no meaning without TLS
 * @param http whether HTTP is spoken; bytes otherwise
 */
record Endpoint(String host, int port, Tls.Mode tls, String serverName, boolean http) {
  static Endpoint plain(String host, int port) {
    return new Endpoint(host, port, Tls.Mode.NONE, "", false);
  }
}
