package io.serversence.access;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import io.serversence.document.Refused;
import io.serversence.probe.DocumentSource;
import io.serversence.probe.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Carries the requests of the OpenID library: 5 s for each in all, a body of at most 1 MiB, no
 * redirect followed, and what comes is taken for JSON. Blocks. Safe for use by many threads.
 */
record OidcHttp(DocumentSource documents) implements HTTPRequestSender, ResourceRetriever {
  static final Duration TIME = Duration.ofSeconds(5);

  /** For what should have ended by itself. */
  private static final Duration PATIENCE = TIME.plusSeconds(1);

  @Override
  public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> header : request.getHeaderMap().entrySet()) {
      headers.put(header.getKey(), String.join(", ", header.getValue()));
    }
    Reply reply =
        awaited(ask(request.getURI(), request.getMethod().name(), headers, request.getBody()));
    HTTPResponse response = new HTTPResponse(status(reply));
    response.setEntityContentType(ContentType.APPLICATION_JSON);
    response.setBody(reply.text());
    return response;
  }

  @Override
  public Resource retrieveResource(URL url) throws IOException {
    Reply reply = awaited(get(URI.create(url.toString())));
    if (status(reply) != 200) {
      throw new IOException(url + " answers " + reply.status());
    }
    return new Resource(reply.text(), "application/json");
  }

  /** Asks for a document; does not block. */
  CompletionStage<Reply> get(URI url) {
    return ask(url, "GET", Map.of("Accept", "application/json"), null);
  }

  private CompletionStage<Reply> ask(
      URI url, String method, Map<String, String> headers, @Nullable String body) {
    return OidcSettings.confidential(url)
        ? documents.ask(url, method, headers, body, TIME)
        : CompletableFuture.completedFuture(
            new Reply(null, null, url + " is not an https address"));
  }

  private static int status(Reply reply) throws IOException {
    if (reply.status() == null) {
      throw new IOException(reply.text());
    }
    return reply.status();
  }

  /**
   * Waits for what ends within the time.
   *
   * @throws Refused as the stage does
   */
  static <T> T awaited(CompletionStage<T> stage) throws IOException {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refused refused) {
        throw refused;
      }
      throw new IOException("asking the provider failed: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("the provider does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("ServerSence is stopping", e);
    }
  }
}
