package io.serversence.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** All resources, found by the container, under {@code /api}. */
@ApplicationPath("/api")
public class ApiApplication extends Application {
  @Override
  public Map<String, Object> getProperties() {
    // Jersey would serve a WADL of its own, beside our OpenAPI document.
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
