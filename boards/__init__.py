"""What a branch puts on its boards beside the calls: ticker, duty roster, hints, media."""
