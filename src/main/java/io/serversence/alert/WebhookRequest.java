package io.serversence.alert;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The message as it is, signed (API.md, Alerts). */
final class WebhookRequest {
  private WebhookRequest() {}

  static Request of(ChannelSettings.Webhook settings, Message message) {
    String body = MessageDocument.write(message).toString();
    Map<String, String> headers = new LinkedHashMap<>(settings.headers());
    headers.put("Idempotency-Key", message.idempotencyKey());
    if (settings.secret() != null) {
      headers.put("X-ServerSence-Signature", "sha256=" + hmac(settings.secret(), body));
    }
    return new Request(settings.url(), headers, body);
  }

  private static String hmac(String secret, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has HMAC-SHA256", e);
    }
  }
}
