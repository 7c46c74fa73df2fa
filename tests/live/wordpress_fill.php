<?php
// Installs WordPress and posts the articles of a gold file (JSON lines), with categories and permalinks.
[$_, $site, $gold, $port] = $argv;
$_SERVER['HTTP_HOST'] = "127.0.0.1:$port";
$_SERVER['REQUEST_URI'] = '/';
define('WP_INSTALLING', true);
require "$site/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Sở Khoa học và Công nghệ (mẫu)', 'admin', 'mau@example.vn', true, '', 'khong-dung', 'vi');
update_option('timezone_string', 'Asia/Ho_Chi_Minh');
update_option('date_format', 'd/m/Y');
switch_theme('twentytwentyone');
update_option('posts_per_page', 10);
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
wp_delete_post(1, true);
global $wp_rewrite;
$wp_rewrite->init();
$wp_rewrite->flush_rules(true);
$categories = [];
foreach (file($gold) as $line) {
    $row = json_decode($line, true);
    $name = $row['section'];
    $categories[$name] ??= wp_insert_term($name, 'category')['term_id'];
    $body = implode('', array_map(fn($p) => '<p>' . htmlspecialchars($p) . '</p>', explode("\n", $row['text'])));
    if ($row['author']) {
        $signed = $row['unit'] ? "{$row['author']} - {$row['unit']}" : $row['author'];
        $body .= '<p style="text-align:right"><strong>' . htmlspecialchars($signed) . '</strong></p>';
    }
    $date = str_replace('T', ' ', substr($row['date'], 0, 19));
    $id = wp_insert_post(['post_title' => $row['title'], 'post_content' => $body, 'post_status' => 'publish',
        'post_author' => 1, 'post_date' => $date, 'post_category' => [$categories[$name]]], true);
    if (is_wp_error($id)) { fwrite(STDERR, $id->get_error_message() . "\n"); exit(1); }
}
