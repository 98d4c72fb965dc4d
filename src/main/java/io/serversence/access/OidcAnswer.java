package io.serversence.access;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.serversence.document.Refused;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a provider answers by the browser, whose state has been found right. Pure. */
final class OidcAnswer {
  private static final List<String> PARAMETERS = List.of("code", "state", "iss", "error");

  private OidcAnswer() {}

  /**
   * The code in it, which must be by this provider (RFC 9207).
   *
   * @throws Refused UNAUTHENTICATED if there is none
   */
  static AuthorizationCode code(
      Map<String, String[]> answer, URI callback, OIDCProviderMetadata metadata) {
    AuthenticationResponse response = read(answer, callback);
    Issuer issuer = response.getIssuer();
    if (issuer == null
        ? metadata.supportsAuthorizationResponseIssuerParam()
        : !issuer.equals(metadata.getIssuer())) {
      throw refused("the answer is of another provider");
    }
    if (!response.indicatesSuccess()) {
      String error = String.valueOf(response.toErrorResponse().getErrorObject().getCode());
      boolean word = error.matches("[a-z_]{1,60}");
      throw refused("the sign-in provider refused" + (word ? ": " + error : ""));
    }
    AuthorizationCode code = response.toSuccessResponse().getAuthorizationCode();
    if (code == null) {
      throw refused("the answer has no code");
    }
    return code;
  }

  private static AuthenticationResponse read(Map<String, String[]> answer, URI callback) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String name : PARAMETERS) {
      String[] values = answer.get(name);
      if (values != null && values.length != 1) {
        throw refused("the answer repeats " + name); // RFC 6749, section 3.1
      }
      if (values != null) {
        parameters.put(name, List.of(values[0]));
      }
    }
    try {
      return AuthenticationResponseParser.parse(callback, parameters);
    } catch (ParseException e) {
      throw refused("the answer cannot be read");
    }
  }

  static Refused refused(String why) {
    return new Refused(Refused.Reason.UNAUTHENTICATED, why);
  }
}
