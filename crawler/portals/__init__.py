"""What is known of a portal: province, hosts, address patterns; pure, without Scrapy."""
