package dev.vedette.timescale;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where a database is and who signs in.
 *
 * @param host name or address of the server
 * @param port its port, 1 to 65535
 * @param database name of the database
 * @param user who signs in
 * @param password that user's password; empty when the server asks for none
 * @param parameters further parameters of the URL as written, such as {@code sslmode=require};
 *     empty when there are none
 */
public record DatabaseUrl(
        String host, int port, String database, String user, String password, String parameters) {
    private static final int DEFAULT_PORT = 5432;

    /**
     * Reads {@code postgresql://user:password@host:port/database?parameters} ({@code postgres://}
     * and {@code jdbc:postgresql://} mean the same; user and password may also be parameters).
     * Special characters of user and password are percent-encoded.
     *
     * @throws IllegalArgumentException when the text has another form; the message does not repeat
     *     it, as it may hold a password
     */
    public static DatabaseUrl parse(String text) {
        URI uri = uri(text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text);
        String userInfo = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "" : userInfo.substring(colon + 1);
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        String database = uri.getPath().replaceFirst("^/", "");
        user = user.isEmpty() ? parameter(query, "user", "postgres") : user;
        password = password.isEmpty() ? parameter(query, "password", "") : password;
        return new DatabaseUrl(
                uri.getHost(),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                database.isEmpty() ? decode(user) : database,
                decode(user),
                decode(password),
                Arrays.stream(query.split("&", -1))
                        .filter(p -> !p.isEmpty())
                        .filter(p -> !p.startsWith("user=") && !p.startsWith("password="))
                        .collect(Collectors.joining("&")));
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            boolean known =
                    "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
            if (known && uri.getHost() != null && uri.getPath() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below; the cause would repeat the text.
        }
        throw new IllegalArgumentException(
                "database URL must look like postgresql://user:password@host:5432/database, special"
                        + " characters percent-encoded");
    }

    private static String parameter(String query, String name, String otherwise) {
        return Arrays.stream(query.split("&", -1))
                .filter(p -> p.startsWith(name + "="))
                .map(p -> p.substring(name.length() + 1))
                .findFirst()
                .orElse(otherwise);
    }

    private static String decode(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The same database, another user. */
    public DatabaseUrl as(String otherUser, String otherPassword) {
        return new DatabaseUrl(host, port, database, otherUser, otherPassword, parameters);
    }

    /** Another database of the same server. */
    public DatabaseUrl in(String otherDatabase) {
        return new DatabaseUrl(host, port, otherDatabase, user, password, parameters);
    }

    /** For {@code quarkus.datasource.jdbc.url} and JDBC; without user and password. */
    public String jdbcUrl() {
        return "jdbc:" + reactiveUrl();
    }

    /** For {@code quarkus.datasource.reactive.url}; without user and password. */
    public String reactiveUrl() {
        return "postgresql://"
                + host
                + ":"
                + port
                + "/"
                + database
                + (parameters.isEmpty() ? "" : "?" + parameters);
    }

    /** The URL without the password, for logs. */
    @Override
    public String toString() {
        return user + "@" + reactiveUrl();
    }
}
