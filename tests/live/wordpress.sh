#!/bin/bash
# A real WordPress with its own MariaDB on loopback, filled with made-up articles.
# usage: wordpress.sh FOLDER PORT ARTICLES   (as root; Debian: wordpress
# wordpress-theme-twentytwentyone mariadb-server php-cli php-mysql)
# Runs until it is killed; prints "ready" when the site answers.
set -euo pipefail
folder=$(realpath -m "$1") port=$2 articles=$3
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$folder/db" "$folder/run" "$folder/content"
cp -r /usr/share/wordpress "$folder/site"
rm -rf "$folder/site/wp-config.php" "$folder/site/wp-content"
cp -rL /usr/share/wordpress/wp-content "$folder/site/wp-content"
chown -R mysql "$folder/db" "$folder/run"
chmod 755 "$folder"
mysql_install_db --user=mysql --datadir="$folder/db" --auth-root-authentication-method=normal >"$folder/db.log" 2>&1
mariadbd --no-defaults --user=mysql --datadir="$folder/db" --socket="$folder/run/s" --skip-networking \
    --pid-file="$folder/run/pid" >>"$folder/db.log" 2>&1 &
database=$!
trap 'kill "$database" "${site:-}" 2>/dev/null || true; wait' EXIT
for _ in $(seq 60); do
    mariadb --socket="$folder/run/s" -u root -e 'select 1' >/dev/null 2>&1 && break
    sleep 0.5
done
mariadb --socket="$folder/run/s" -u root -e 'create database wp character set utf8mb4'
cat >"$folder/site/wp-config.php" <<PHP
<?php
define('DB_NAME', 'wp'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:$folder/run/s'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', 'http://127.0.0.1:$port'); define('WP_SITEURL', 'http://127.0.0.1:$port');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
foreach (['AUTH_KEY','SECURE_AUTH_KEY','LOGGED_IN_KEY','NONCE_KEY','AUTH_SALT','SECURE_AUTH_SALT','LOGGED_IN_SALT','NONCE_SALT'] as \$k) define(\$k, 'x');
\$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
PHP
PYTHONPATH="$here/../.." "${PYTHON:-python3}" -m samples gold wordpress --articles "$articles" >"$folder/gold.jsonl"
php -d memory_limit=512M "$here/wordpress_fill.php" "$folder/site" "$folder/gold.jsonl" "$port"
php -d memory_limit=256M -S "127.0.0.1:$port" -t "$folder/site" "$here/wordpress_router.php" >"$folder/site.log" 2>&1 &
site=$!
for _ in $(seq 60); do
    curl -fs "http://127.0.0.1:$port/" >/dev/null && break
    sleep 0.5
done
echo ready
wait "$site"
