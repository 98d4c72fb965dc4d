# ServerSence on Payara Micro. The WAR and the server come from the build:
#   mvn package && docker build -t serversence .
#   docker run -p 8080:8080 -v serversence:/data serversence
FROM eclipse-temurin:17-jre

RUN useradd --system --uid 10001 --no-create-home serversence \
 && install -d -o serversence -m 0700 /data
WORKDIR /opt/serversence
COPY target/payara-micro.jar target/serversence.war ./
COPY server-config/payara/ payara/

ENV SERVERSENCE_DATA=/data \
    SERVERSENCE_STANDALONE=true \
    JDK_JAVA_OPTIONS=-Xmx240m
VOLUME /data
EXPOSE 8080
USER serversence

# Alive, not ready: a node that waits in standby is healthy.
HEALTHCHECK --start-period=90s --interval=15s --timeout=5s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/live HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]

ENTRYPOINT ["java", "-jar", "payara-micro.jar", "--nohazelcast", "--disablephonehome", \
  "--logproperties", "payara/logging.properties", \
  "--prebootcommandfile", "payara/tuning.asadmin", \
  "--deploy", "serversence.war", "--contextroot", "/"]
