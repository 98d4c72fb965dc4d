package io.serversence.stream;

import io.serversence.access.Caller;
import io.serversence.access.ClientAddress;
import io.serversence.access.Gate;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries who is asking from the upgrade's headers to the connection. {@link HandshakeFilter} has
 * checked all of it before.
 */
public class Handshake extends ServerEndpointConfig.Configurator {
  private static final String CALLER = Caller.class.getName();
  private static final String ADDRESS = Handshake.class.getName() + ".address";

  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    Gate gate = CDI.current().select(Gate.class).get();
    String given = header(request, HandshakeFilter.ADDRESS);
    String address = given == null ? "" : given;
    Caller caller =
        gate.identify(
            header(request, "Authorization"),
            header(request, "Cookie"),
            address,
            CDI.current()
                .select(ClientAddress.class)
                .get()
                .vouched(
                    String.valueOf(header(request, HandshakeFilter.PEER)),
                    name -> headers(request, name)));
    config.getUserProperties().put(CALLER, caller);
    config.getUserProperties().put(ADDRESS, address);
  }

  @Override
  public boolean checkOrigin(String origin) {
    return true; // the filter did, with what a caller's proof and the Host header say
  }

  static Caller caller(EndpointConfig config) {
    return config.getUserProperties().get(CALLER) instanceof Caller caller
        ? caller
        : new Caller(null, null, false);
  }

  static String address(EndpointConfig config) {
    return config.getUserProperties().get(ADDRESS) instanceof String address ? address : "";
  }

  /** Servers differ in the case of header names. */
  private static @Nullable String header(HandshakeRequest request, String name) {
    List<String> lines = headers(request, name);
    return lines.isEmpty() ? null : lines.get(0);
  }

  private static List<String> headers(HandshakeRequest request, String name) {
    for (Map.Entry<String, List<String>> header : request.getHeaders().entrySet()) {
      if (header.getKey().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
        return header.getValue();
      }
    }
    return List.of();
  }
}
