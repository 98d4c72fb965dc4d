package io.serversence.access;

import org.jspecify.annotations.Nullable;

/** Tells who a caller is from what the request carries. Safe for use by many threads. */
public interface Gate {
  /**
   * Identifies a caller: session cookie, else the Authorization header, else anonymous.
   *
   * @param authorization the Authorization header, or null
   * @param cookies the Cookie header, or null
   * @param address where the request comes from, as {@link ClientAddress} tells
   * @throws io.serversence.document.Refused UNAUTHENTICATED if credentials are there and wrong; a
   *     session cookie that is no longer valid counts as none. TOO_MANY if too many were wrong
   */
  Caller identify(@Nullable String authorization, @Nullable String cookies, String address);

  /**
   * The same, where a trusted proxy may have signed somebody in.
   *
   * @param vouched whom the proxy names, as {@link ClientAddress#vouched} tells, or null; counts
   *     after a session and a bearer token, and before HTTP Basic, which may be the proxy's own
   * @throws io.serversence.document.Refused FORBIDDEN too, if that one has no role here
   */
  default Caller identify(
      @Nullable String authorization,
      @Nullable String cookies,
      String address,
      @Nullable Vouched vouched) {
    return identify(authorization, cookies, address);
  }

  /** True while the credentials that proved this caller would still prove the same role. */
  boolean stillValid(Caller caller);
}
