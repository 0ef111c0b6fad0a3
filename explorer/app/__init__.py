"""The app: everything that knows Streamlit, beside the pages."""
