package io.serversence.alert;

import io.serversence.document.Fields;
import io.serversence.document.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The written form of a channel (API.md, Alerts): its settings are top-level fields by type. */
public final class ChannelDocument {
  private ChannelDocument() {}

  /**
   * Reads a channel.
   *
   * @param previous the channel that this one replaces: its key counts if none is given, and its
   *     secrets where {@code ***} is written
   * @throws io.serversence.document.InvalidDocument with every fault
   */
  public static Channel read(JsonObject document, @Nullable Channel previous) {
    Fields fields =
        new Fields(loosened(document))
            .ignore("revision", "createdAt", "updatedAt", "managedBy", "state");
    String name = fields.required("name", 1, 200);
    String id = fields.id(name, previous == null ? null : previous.id());
    Boolean enabled = fields.bool("enabled");
    Boolean isDefault = fields.bool("default");
    ChannelSettings settings =
        SettingsDocument.read(fields, previous == null ? null : previous.settings());
    Template template = template(fields, settings);
    fields.finish();
    if (id == null || name == null || settings == null) {
      throw new IllegalStateException("a fault was not noted");
    }
    return new Channel(
        id, name, enabled == null || enabled, isDefault != null && isDefault, settings, template);
  }

  static @Nullable Template template(Fields fields, @Nullable ChannelSettings settings) {
    Template template = Template.read(fields.object("template"));
    if (template != null && settings != null && !Template.TYPES.contains(settings.type())) {
      fields.fault("template", "is not for channels of this type");
    }
    return template;
  }

  /** Takes a chat's number, and tags in one text, as people write them. */
  private static JsonObject loosened(JsonObject document) {
    JsonObject loose = document;
    if (document.get("chatId") instanceof JsonNumber number && number.isIntegral()) {
      loose = Json.object(loose).add("chatId", number.toString()).build();
    }
    if (document.get("tags") instanceof JsonString tags && !tags.getString().isBlank()) {
      List<String> all = Arrays.asList(tags.getString().strip().split("\\s*,\\s*", -1));
      loose = Json.object(loose).add("tags", Json.strings(all)).build();
    }
    return loose;
  }

  /** Writes a channel for those who may not change it: of its address with the host only. */
  public static JsonObject writeForReaders(Channel channel) {
    JsonObject document = write(channel, false);
    return document.get("url") instanceof JsonString url
        ? Json.object(document)
            .add("url", SettingsDocument.masked(URI.create(url.getString())))
            .build()
        : document;
  }

  /**
   * Writes a channel.
   *
   * @param secrets whether secrets are written out, as the store needs it, or as {@code ***}
   */
  public static JsonObject write(Channel channel, boolean secrets) {
    JsonObjectBuilder document =
        Json.object()
            .add("id", channel.id())
            .add("name", channel.name())
            .add("type", channel.settings().type())
            .add("enabled", channel.enabled())
            .add("default", channel.isDefault());
    SettingsDocument.write(document, channel.settings(), secrets);
    Template template = channel.template();
    document.add("template", template == null ? JsonValue.NULL : template.write());
    return document.build();
  }
}
