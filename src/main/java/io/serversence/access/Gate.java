package io.serversence.access;

import org.jspecify.annotations.Nullable;

/** Tells who a caller is from what the request carries. Safe for use by many threads. */
public interface Gate {
  /**
   * Identifies a caller: session cookie, else a bearer token, else whom a trusted proxy names, else
   * HTTP Basic, which may be the proxy's own, else anonymous.
   *
   * @param authorization the Authorization header, or null
   * @param cookies the Cookie header, or null
   * @param address where the request comes from, as {@link ClientAddress} tells
   * @param vouched whom the proxy names, as {@link ClientAddress#vouched} tells, or null
   * @throws io.serversence.document.Refused UNAUTHENTICATED if credentials are there and wrong; a
   *     session cookie that is no longer valid counts as none. TOO_MANY if too many were wrong.
   *     FORBIDDEN if the one whom the proxy names has no role here
   */
  Caller identify(
      @Nullable String authorization,
      @Nullable String cookies,
      String address,
      @Nullable Vouched vouched);

  /** The same where no proxy names anybody. */
  default Caller identify(
      @Nullable String authorization, @Nullable String cookies, String address) {
    return identify(authorization, cookies, address, null);
  }

  /** True while the credentials that proved this caller would still prove the same role. */
  boolean stillValid(Caller caller);
}
