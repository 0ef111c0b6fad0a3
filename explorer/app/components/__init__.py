"""What Streamlit does not have: pictures that are drawn in place."""
