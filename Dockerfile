# Builds and runs Isthmus: docker build -t isthmus . && docker run -p 1883:1883 -p 8883:8883 -v isthmus:/data isthmus
FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -ntp -pl server -am -Dmaven.test.skip=true -Dspotless.check.skip=true package

FROM eclipse-temurin:17-jre
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /data isthmus && mkdir /data && chown isthmus /data && chmod 700 /data
COPY --from=build /src/server/target/isthmus.jar /opt/isthmus/isthmus.jar
COPY --from=build /src/server/target/lib /opt/isthmus/lib
USER isthmus
VOLUME /data
# MQTT: TCP, TLS, WebSocket, WebSocket over TLS. RocketMQ (name server, broker and the port two below it) and the API listen
# inside the container only. For server applications elsewhere: docker run --network host, and queue.embedded.host.
EXPOSE 1883 8883 8083 8084 9876 10911 10909
# The second is for api.tls.enabled; it asks this machine only and sends no token, so any certificate will do.
HEALTHCHECK --interval=10s --start-period=60s CMD curl -fsS http://127.0.0.1:8082/health/ready \
    || curl -fsSk https://127.0.0.1:8082/health/ready || exit 1
# To operate it: docker exec NAME java -jar /opt/isthmus/isthmus.jar ctl instance show --data /data
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=60", "-XX:MaxNewSize=48m", \
    "-Dio.netty.leakDetection.level=disabled", "-jar", "/opt/isthmus/isthmus.jar"]
CMD ["run", "--data", "/data", "--set", "mqtt.ws.port=8083", "--set", "mqtt.wss.port=8084"]
